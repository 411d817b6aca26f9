"""What pyproject.toml cannot say: the wheel's packages are found, and the tables of data/ go with them."""

from setuptools import find_packages, setup

setup(
    include_package_data=False,  # what goes in is named here, not guessed
    packages=[*find_packages(include=["lgrdata", "lgrdata.*", "export", "export.*"]), "lgrdata.data"],
    package_dir={"lgrdata.data": "data"},
    package_data={
        "lgrdata": ["**/*.css", "**/*.js", "**/*.sql", "**/*.toml"],
        "export": ["**/*.css", "**/*.js"],
        "lgrdata.data": ["metadata.json", "README.md", "tables/**/*.csv", "boundaries/*.topojson"],
    },
)

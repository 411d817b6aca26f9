"""What the publishers of the figures and boundaries ask to be said wherever these are shown."""

CREDITS = (
    "Official figures: Crown copyright, Open Government Licence v3.0. Boundaries contain OS data © Crown copyright and"
    " database right 2025. Weights from postcodes contain Royal Mail data © Royal Mail copyright and database right"
    " 2025."
)
"""For the foot of the app, of the site's pages and of files."""

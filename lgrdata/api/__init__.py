"""The library as notebooks use it: `import lgrdata` gives what stands here."""

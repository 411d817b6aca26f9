"""Everything true about areas, splits and their effects; knows no screen but lgrdata.ui."""

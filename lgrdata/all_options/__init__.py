"""Every connected split of an area's whole authorities: enumerated, measured, ranked."""

"""Every read: plain functions on one snapshot, already scoped to the viewer."""

"""The parts of the workbook: how a sheet looks, and what stands on which."""

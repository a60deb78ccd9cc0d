"""The figures of a report, drawn as SVG; one module per figure."""

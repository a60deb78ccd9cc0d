"""The volume view: a scan seen from any side, through rays cast by the graphics card or by compiled code."""

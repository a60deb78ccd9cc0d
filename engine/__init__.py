"""The science of Isocenter: everything the window does, without a window."""

__version__ = "0.1.0"

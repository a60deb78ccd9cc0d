"""The loops over voxels and pixels, compiled. Importing them takes a second, compiling more: never in the GUI thread.

Every kernel works on a band of rows and lets go of the interpreter, so bands run on threads side by side. None has a
parallel loop of numba's own: two of those at once, in two threads, can end the process.

What is kept on disk is made anew where the kernel's own file has changed, not where one that it calls has: whoever
changes a file here deletes the `.nbi` files beside it.
"""

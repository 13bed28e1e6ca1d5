"""The face of Filiera in IPython and Jupyter: ``%load_ext filiera``."""

"""Where numbers come from: catalog, readers, downloads, mirror."""

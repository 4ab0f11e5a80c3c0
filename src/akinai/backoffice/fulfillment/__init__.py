"""Shipments, batches, picking, inspection, packing, carriers."""

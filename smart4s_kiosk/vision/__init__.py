"""Cameras and models: the only OpenCV, ONNX and OCR engines."""

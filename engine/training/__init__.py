"""Fitting a model on the training patients of a fold, and predicting those kept out."""

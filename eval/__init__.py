"""Measuring: question sets and BEIR data sets, runs, reports."""

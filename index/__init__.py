"""Retrieval: lexical and dense indexes over chunks, fusion, storage. Imports only ``corpus``."""

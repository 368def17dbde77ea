"""The browser page; the only place besides ``app.py`` that knows Gradio."""

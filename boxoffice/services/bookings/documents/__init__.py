"""What a buyer takes home: ticket codes, their QR, the PDF, the calendar file.

Pure functions of small frozen structs; no database, no network. Import `pdf` only where a PDF is
made: it alone brings the typesetter and its fonts into memory.
"""

// What a page of SecLyzer may load and call, whichever host serves it: its own files, and nothing else.

/** Everything is forbidden but the dashboard's own files and images that it draws itself. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

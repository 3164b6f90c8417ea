const names = ['127.0.0.1', '::1', '[::1]', 'localhost'];

/** Whether a host, as settings and URLs write it, is this machine alone. */
export const isLoopback = (host: string): boolean => names.includes(host);

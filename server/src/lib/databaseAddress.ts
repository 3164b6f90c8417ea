/** What libpq understands and we do not: they would let anybody in between read, or be the database. */
const WITHOUT_PROOF = ['allow', 'prefer', 'no-verify'];
const CHECKED = ['require', 'verify-ca', 'verify-full'];
const WRITABLE = ['any', 'read-write', 'primary'];

const AUTHORITY = /^(postgres(?:ql)?:\/\/)([^/?#]*@)?([^/?#@]*)(.*)$/s;

/**
 * Each server that an address of libpq's form names (`postgresql://user:password@one:5432,two:5432/database`), as an
 * address of its own. A certificate is checked in full wherever one is asked for.
 * @throws Error that says what is wrong with it
 */
export function databaseServers(url: string): readonly string[] {
  const [, scheme, credentials = '', hosts = '', rest = ''] = AUTHORITY.exec(url) ?? [];
  if (scheme === undefined) throw new Error('must begin with postgresql://');
  return hosts.split(',').map((host) => {
    if (hosts.includes(',') && host === '') throw new Error('names a server without a name');
    return settled(`${scheme}${credentials}${host}${rest}`);
  });
}

/** File of the authority that an address names (`sslrootcert`). */
export const authorityOf = (url: string): string | undefined => queryOf(url).get('sslrootcert') ?? undefined;

/** The same address with another such file, or none. */
export function withAuthority(url: string, path: string | undefined): string {
  const query = queryOf(url);
  query.delete('sslrootcert');
  if (path !== undefined) query.set('sslrootcert', path);
  const [base = ''] = url.split('?');
  return query.size > 0 ? `${base}?${query}` : base;
}

// Several servers are no URL of the standard.
const queryOf = (url: string): URLSearchParams => new URLSearchParams(url.split('?').slice(1).join('?'));

function settled(url: string): string {
  if (!URL.canParse(url)) throw new Error('must be an address');
  const at = new URL(url);
  const { searchParams } = at;
  const attributes = searchParams.get('target_session_attrs');
  if (attributes !== null && !WRITABLE.includes(attributes))
    throw new Error('target_session_attrs must be read-write: the one that takes writes is looked for');
  const mode = searchParams.get('sslmode');
  if (mode !== null && WITHOUT_PROOF.includes(mode))
    throw new Error(`sslmode=${mode} proves nothing: verify-full, or disable on a network of your own`);
  if (mode !== null && mode !== 'disable' && !CHECKED.includes(mode))
    throw new Error('sslmode must be verify-full or disable');
  if (attributes === null && (mode === null || mode === 'verify-full' || mode === 'disable')) return url;
  searchParams.delete('target_session_attrs');
  if (mode !== null && mode !== 'disable') searchParams.set('sslmode', 'verify-full');
  return at.href;
}

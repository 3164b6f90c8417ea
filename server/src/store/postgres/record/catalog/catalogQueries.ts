/**
 * What a catalog query answers for each part of the database: the name of the part, its definition, and, where it has
 * them, its owner and the rights on it as PostgreSQL writes them (`role=rights/grantor`; null: the default of its kind).
 */
export interface CatalogRow {
  readonly name: string;
  readonly says: string;
  readonly owner: string | null;
  readonly acl: readonly string[] | null;
  /** It belongs to this installation alone. */
  readonly isLocal: boolean;
}

/** The first OID that PostgreSQL gives to something which initdb has not made. */
const FIRST_OWN = 16_384;

/** Whether something in the schema `n` is the installation's own, wherever it stands: not PostgreSQL's, and not temporary. */
const own = (oid: string): string =>
  `${oid} >= ${FIRST_OWN} AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp\\_%'`;

const named = (name: string): string => `quote_ident(n.nspname) || '.' || quote_ident(${name})`;
const roleOf = (oid: string): string => `pg_get_userbyid(${oid})::text`;

const KINDS = `CASE c.relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' WHEN 'S' THEN 'sequence '
  WHEN 'f' THEN 'foreign table ' WHEN 'c' THEN 'composite type ' ELSE 'table ' END || ${named('c.relname')}`;
const RELATIONS = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace`;
const isRelation = `c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c') AND ${own('c.oid')}`;

const SCHEMAS = `SELECT 'schema ' || quote_ident(n.nspname) AS name, '' AS says, ${roleOf('n.nspowner')} AS owner, n.nspacl::text[] AS acl
  FROM pg_namespace n WHERE n.nspname = 'public' OR ${own('n.oid')}`;

/** Storage parameters of tables say nothing of what is read; those of views do. */
const TABLES = `SELECT ${KINDS} AS name, concat_ws(' ', CASE c.relpersistence WHEN 'u' THEN 'unlogged' WHEN 't' THEN 'temporary' END,
    CASE WHEN c.relrowsecurity THEN 'row security' END, CASE WHEN c.relforcerowsecurity THEN 'row security also for its owner' END,
    CASE WHEN NOT c.relhastriggers AND EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid) THEN 'without its triggers' END,
    CASE WHEN NOT c.relhasrules AND EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = c.oid) THEN 'without its rules' END,
    CASE WHEN NOT c.relhassubclass AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid) THEN 'without its parts' END,
    (SELECT 'numbers by ' || concat_ws(' ', s.seqincrement, 'from', s.seqstart, s.seqmin, s.seqcache, CASE WHEN s.seqcycle THEN 'again and again' END)
      FROM pg_sequence s WHERE s.seqrelid = c.oid AND (s.seqincrement, s.seqstart, s.seqmin, s.seqcache, s.seqcycle) <> (1, 1, 1, 1, false)),
    CASE WHEN c.relkind = 'p' THEN 'partition by ' || pg_get_partkeydef(c.oid) END,
    CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END,
    CASE WHEN c.relkind IN ('v', 'm') THEN array_to_string(c.reloptions, ' ') END,
    (SELECT 'inherits ' || string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid),
    (SELECT 'inherited by ' || string_agg(i.inhrelid::regclass::text, ', ' ORDER BY i.inhrelid::regclass::text) FROM pg_inherits i JOIN pg_class h ON h.oid = i.inhrelid
      WHERE i.inhparent = c.oid AND h.relpersistence <> 't' AND (c.relkind <> 'p' OR h.relnamespace <> c.relnamespace))) AS says,
    ${roleOf('c.relowner')} AS owner, c.relacl::text[] AS acl
  FROM ${RELATIONS} WHERE ${isRelation}`;

/** From version 18 on a NOT NULL may be one that holds for new rows alone. */
const COLUMNS = `SELECT ${KINDS} || ', column ' || quote_ident(a.attname) AS name, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attcollation <> y.typcollation THEN 'collate ' || quote_ident(l.collname) END, CASE WHEN a.attnotnull THEN 'not null' END,
    CASE WHEN k.conrelid IS NOT NULL THEN 'not valid' END, CASE a.attidentity WHEN 'a' THEN 'always identity' WHEN 'd' THEN 'identity' END,
    CASE a.attgenerated WHEN 's' THEN 'generated' WHEN 'v' THEN 'generated when read' END,
    CASE WHEN a.atthasdef THEN 'default ' || pg_get_expr(d.adbin, d.adrelid) END) AS says,
    CASE WHEN a.attacl IS NOT NULL THEN ${roleOf('c.relowner')} END AS owner, a.attacl::text[] AS acl
  FROM ${RELATIONS} JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped JOIN pg_type y ON y.oid = a.atttypid
    LEFT JOIN pg_collation l ON l.oid = a.attcollation LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    LEFT JOIN pg_constraint k ON k.contype = 'n' AND NOT k.convalidated AND k.conrelid = c.oid AND k.conkey = ARRAY[a.attnum]
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND ${own('c.oid')}`;

const CONSTRAINTS = `SELECT ${KINDS} || ', constraint ' || quote_ident(k.conname) AS name,
    pg_get_constraintdef(k.oid) || CASE WHEN k.convalidated THEN '' ELSE ' (not validated)' END AS says,
    NULL::text AS owner, NULL::text[] AS acl
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE k.contype <> 'n' AND ${own('c.oid')}`;

const INDEXES = `SELECT ${KINDS} || ', index ' || quote_ident(x.relname) AS name,
    pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid AND i.indisready AND i.indislive THEN '' ELSE ' (not valid)' END AS says, NULL::text AS owner, NULL::text[] AS acl
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${own('c.oid')}`;

/** Those of constraints are named only where they are not as PostgreSQL makes them. */
const TRIGGERS = `SELECT ${KINDS} || CASE WHEN t.tgisinternal THEN ', a trigger of constraint '
      || coalesce((SELECT quote_ident(k.conname) FROM pg_constraint k WHERE k.oid = t.tgconstraint), '') || ' by ' || t.tgfoid::regproc
    ELSE ', trigger ' || quote_ident(t.tgname) END AS name,
    CASE WHEN t.tgisinternal THEN '' ELSE pg_get_triggerdef(t.oid) || ' ' END || CASE t.tgenabled WHEN 'O' THEN 'enabled' WHEN 'A' THEN 'enabled always'
      WHEN 'R' THEN 'enabled for replicas only' ELSE 'disabled' END AS says, NULL::text AS owner, NULL::text[] AS acl
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE (NOT t.tgisinternal OR t.tgenabled <> 'O') AND ${own('c.oid')}`;

const RULES = `SELECT ${KINDS} || ', rule ' || quote_ident(r.rulename) AS name,
    CASE WHEN c.relkind IN ('v', 'm') AND r.rulename = '_RETURN' THEN pg_get_viewdef(c.oid) ELSE pg_get_ruledef(r.oid) END
      || CASE r.ev_enabled WHEN 'O' THEN '' ELSE ' (enabled: ' || r.ev_enabled::text || ')' END AS says, NULL::text AS owner, NULL::text[] AS acl
  FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${own('c.oid')}`;

const POLICIES = `SELECT ${KINDS} || ', policy ' || quote_ident(p.polname) AS name, concat_ws(' ',
    CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END, 'for ' || p.polcmd::text,
    'to ' || (SELECT string_agg(CASE WHEN r = 0 THEN 'public' ELSE pg_get_userbyid(r)::text END, ', ') FROM unnest(p.polroles) r),
    'using ' || pg_get_expr(p.polqual, p.polrelid), 'with check ' || pg_get_expr(p.polwithcheck, p.polrelid)) AS says,
    NULL::text AS owner, NULL::text[] AS acl
  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${own('c.oid')}`;

const FUNCTIONS = `SELECT CASE f.prokind WHEN 'p' THEN 'procedure ' WHEN 'a' THEN 'aggregate ' ELSE 'function ' END || ${named('f.proname')}
      || '(' || pg_get_function_identity_arguments(f.oid) || ')' AS name,
    concat_ws(' ', 'language ' || l.lanname, 'returns ' || pg_get_function_result(f.oid), CASE f.provolatile WHEN 'i' THEN 'immutable'
      WHEN 's' THEN 'stable' ELSE 'volatile' END, CASE WHEN f.proisstrict THEN 'strict' END, CASE WHEN f.prosecdef THEN 'security definer' END,
      CASE WHEN f.proleakproof THEN 'leakproof' END, 'set ' || array_to_string(f.proconfig, ', '), f.probin,
      'defaults ' || pg_get_expr(f.proargdefaults, 0),
      (SELECT a.aggtransfn::regprocedure || ' ' || a.aggfinalfn::regproc FROM pg_aggregate a WHERE a.aggfnoid = f.oid),
      'as ' || coalesce(pg_get_function_sqlbody(f.oid), f.prosrc)) AS says, ${roleOf('f.proowner')} AS owner, f.proacl::text[] AS acl
  FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace JOIN pg_language l ON l.oid = f.prolang WHERE ${own('f.oid')}`;

/** Row types of tables, and arrays, say nothing of their own. */
const TYPES = `SELECT 'type ' || ${named('y.typname')} AS name, concat_ws(' ', y.typtype::text, CASE WHEN y.typtype = 'd' THEN format_type(y.typbasetype, y.typtypmod) END,
    CASE WHEN y.typnotnull THEN 'not null' END, 'default ' || y.typdefault,
    (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = y.oid),
    (SELECT string_agg(pg_get_constraintdef(k.oid), ' ' ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = y.oid AND k.contype <> 'n')) AS says,
    ${roleOf('y.typowner')} AS owner, y.typacl::text[] AS acl
  FROM pg_type y JOIN pg_namespace n ON n.oid = y.typnamespace WHERE y.typtype <> 'c' AND y.typelem = 0 AND ${own('y.oid')}`;

const OPERATORS = `SELECT 'operator ' || o.oid::regoperator AS name, concat_ws(' ', o.oprcode::regprocedure::text, o.oprrest::regproc::text, o.oprjoin::regproc::text) AS says,
    ${roleOf('o.oprowner')} AS owner, NULL::text[] AS acl FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE ${own('o.oid')}
  UNION ALL SELECT 'operator class ' || ${named('o.opcname')} || ' of ' || m.amname, concat_ws(' ', format_type(o.opcintype, NULL), CASE WHEN o.opcdefault THEN 'default' END),
    ${roleOf('o.opcowner')}, NULL FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace JOIN pg_am m ON m.oid = o.opcmethod WHERE ${own('o.oid')}
  UNION ALL SELECT 'operator family ' || ${named('o.opfname')} || ' of ' || m.amname, '', ${roleOf('o.opfowner')}, NULL
    FROM pg_opfamily o JOIN pg_namespace n ON n.oid = o.opfnamespace JOIN pg_am m ON m.oid = o.opfmethod WHERE ${own('o.oid')}
  UNION ALL SELECT 'cast ' || format_type(castsource, NULL) || ' to ' || format_type(casttarget, NULL),
    concat_ws(' ', castcontext::text, castmethod::text, castfunc::regprocedure::text), NULL, NULL FROM pg_cast WHERE oid >= ${FIRST_OWN}
  UNION ALL SELECT 'conversion ' || ${named('o.conname')}, o.conproc::text, ${roleOf('o.conowner')}, NULL
    FROM pg_conversion o JOIN pg_namespace n ON n.oid = o.connamespace WHERE ${own('o.oid')}
  UNION ALL SELECT 'collation ' || ${named('o.collname')}, concat_ws(' ', o.collprovider::text, o.collcollate, o.collctype), ${roleOf('o.collowner')}, NULL
    FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace WHERE ${own('o.oid')} AND n.nspname <> 'pg_catalog'`;

/** What is in no schema. */
const BESIDE = `SELECT 'language ' || lanname AS name, lanplcallfoid::regproc::text AS says, ${roleOf('lanowner')} AS owner, NULL::text[] AS acl FROM pg_language WHERE oid >= ${FIRST_OWN}
  UNION ALL SELECT 'extension ' || quote_ident(extname), extnamespace::regnamespace::text, ${roleOf('extowner')}, NULL FROM pg_extension WHERE oid >= ${FIRST_OWN}
  UNION ALL SELECT 'event trigger ' || quote_ident(evtname), concat_ws(' ', evtevent, evtfoid::regprocedure::text, evtenabled::text, array_to_string(evttags, ' ')),
    ${roleOf('evtowner')}, NULL FROM pg_event_trigger
  UNION ALL SELECT 'access method ' || quote_ident(amname), amhandler::text, NULL, NULL FROM pg_am WHERE oid >= ${FIRST_OWN}
  UNION ALL SELECT 'foreign server ' || quote_ident(srvname), '', ${roleOf('srvowner')}, srvacl::text[] FROM pg_foreign_server
  UNION ALL SELECT 'default rights of ' || ${roleOf('defaclrole')} || ' ' || CASE WHEN defaclnamespace = 0 THEN '' ELSE defaclnamespace::regnamespace::text END
    || ' ' || defaclobjtype::text, array_to_string(defaclacl, ' '), NULL, NULL FROM pg_default_acl`;

const DATABASE = `SELECT 'database' AS name, '' AS says, ${roleOf('datdba')} AS owner, datacl::text[] AS acl FROM pg_database WHERE datname = current_database()
  UNION ALL SELECT 'publication ' || quote_ident(pubname), concat_ws(' ', ${roleOf('pubowner')}, CASE WHEN puballtables THEN 'of all tables' END), NULL, NULL FROM pg_publication
  UNION ALL SELECT 'subscription ' || quote_ident(subname), concat_ws(' ', ${roleOf('subowner')}, CASE WHEN subenabled THEN 'enabled' END, array_to_string(subpublications, ' ')), NULL, NULL
    FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  UNION ALL SELECT 'server-wide setting ' || name, reset_val, NULL, NULL FROM pg_show_all_settings()
    WHERE name IN ('session_replication_role', 'transform_null_equals', 'local_preload_libraries')
  UNION ALL SELECT 'server-wide rights on setting ' || parname, '', pg_get_userbyid(10)::text, paracl::text[] FROM pg_parameter_acl`;

const SETTINGS = `SELECT 'settings of ' || CASE WHEN s.setrole = 0 THEN 'all roles' ELSE 'role ' || ${roleOf('s.setrole')} END
    || CASE WHEN s.setdatabase = 0 THEN '' ELSE ' in this database' END AS name, array_to_string(s.setconfig, ', ') AS says, NULL::text AS owner, NULL::text[] AS acl
  FROM pg_db_role_setting s WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
    AND (s.setrole = 0 OR pg_get_userbyid(s.setrole)::text IN ($1, $2))`;

const ROLES = `SELECT 'role ' || r.rolname AS name, concat_ws(' ', CASE WHEN rolsuper THEN 'superuser' END, CASE WHEN rolcreaterole THEN 'createrole' END,
    CASE WHEN rolcreatedb THEN 'createdb' END, CASE WHEN rolbypassrls THEN 'bypassrls' END, CASE WHEN rolreplication THEN 'replication' END,
    (SELECT 'member of ' || string_agg(DISTINCT ${roleOf('m.roleid')}, ', ') FROM pg_auth_members m WHERE m.member = r.oid)) AS says, NULL::text AS owner, NULL::text[] AS acl
  FROM pg_roles r WHERE r.rolname::text IN ($1, $2)
  UNION ALL SELECT 'members of role ' || r.rolname, coalesce((SELECT string_agg(DISTINCT ${roleOf('m.member')}, ', ') FROM pg_auth_members m WHERE m.roleid = r.oid), ''), NULL, NULL
  FROM pg_roles r WHERE r.rolname::text IN ($1, $2)`;

const SCHEMA = [
  SCHEMAS,
  TABLES,
  COLUMNS,
  CONSTRAINTS,
  INDEXES,
  TRIGGERS,
  RULES,
  POLICIES,
  FUNCTIONS,
  TYPES,
  OPERATORS,
  BESIDE,
];
/** What an installation may have otherwise than another. */
const LOCAL = [DATABASE, SETTINGS, ROLES];

const each = (queries: readonly string[], isLocal: boolean): string[] =>
  queries.map((query) => `SELECT name, says, owner, acl, ${isLocal} AS "isLocal" FROM (${query}) q`);

/** All parts in one question, so that a busy machine is waited for once. $1, $2: owner and server */
export const PARTS = `SELECT json_agg(p) AS all FROM (${[...each(SCHEMA, false), ...each(LOCAL, true)].join('\nUNION ALL ')}) p`;

/** PostgreSQL's own functions, by which all of this is read, and the view through which roles are: of one major version always the same. */
export const BUILT_IN = `SELECT string_agg(line, E'\\n' ORDER BY nr) AS all FROM (
    SELECT f.oid::int8 AS nr, f.oid::text || ' ' || concat_ws(' ', f.proname, f.prolang, f.prosecdef, f.provolatile, f.prosrc, f.probin, f.proconfig) AS line
      FROM pg_proc f WHERE f.oid < ${FIRST_OWN}
    UNION ALL SELECT 0, r.ev_enabled::text || pg_get_viewdef(r.ev_class) FROM pg_rewrite r WHERE r.ev_class = 'pg_roles'::regclass) own`;

const READ = [
  ...[
    'namespace',
    'class',
    'attribute',
    'attrdef',
    'constraint',
    'index',
    'inherits',
    'trigger',
    'rewrite',
    'policy',
    'proc',
    'aggregate',
  ],
  ...[
    'type',
    'enum',
    'operator',
    'opclass',
    'opfamily',
    'cast',
    'conversion',
    'collation',
    'language',
    'extension',
    'event_trigger',
    'am',
  ],
  ...['foreign_server', 'default_acl', 'db_role_setting', 'auth_members', 'parameter_acl'],
];

/**
 * Another text whenever a row of a catalog was written or has gone: a new row has a higher transaction than each before it, so as
 * many rows with the same sum are the same rows. Roles are told whole, since their table may not be read. $1, $2: owner and server
 */
export const STAMP = `SELECT string_agg(line, ' ' ORDER BY line) AS all FROM (
  ${READ.map((name) => `SELECT '${name} ' || count(*) || ' ' || coalesce(sum(xmin::text::int8), 0) AS line FROM pg_${name}`).join('\n  UNION ALL ')}
  UNION ALL SELECT concat_ws(' ', name, says, owner, acl::text) FROM (${each(LOCAL, true).join('\nUNION ALL ')}) l) s`;

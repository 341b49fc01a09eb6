package fingerprint

// A Kind is what a statement does, by its verb: an INSERT … RETURNING that arrives as a query is an Insert.
type Kind uint8

// The kinds of statements.
const (
	Other     Kind = iota // nothing else fits, or the text could not be read
	Select                // SELECT, VALUES, TABLE, WITH … SELECT
	Insert                // INSERT, REPLACE, also WITH … INSERT
	Update                // UPDATE
	Delete                // DELETE
	Merge                 // MERGE
	Begin                 // BEGIN, START TRANSACTION
	Commit                // COMMIT, END
	Rollback              // ROLLBACK, ABORT, not ROLLBACK TO
	Savepoint             // SAVEPOINT, RELEASE, ROLLBACK TO
	Schema                // CREATE, ALTER, DROP, TRUNCATE, RENAME, COMMENT, GRANT, …: DDL and rights
	Utility               // SET, SHOW, PRAGMA, EXPLAIN, ANALYZE, VACUUM, LOCK, USE, FETCH, DECLARE, LISTEN, …
	Call                  // CALL, EXECUTE, DO
	kindCount
)

var kindNames = [kindCount]string{
	"other", "select", "insert", "update", "delete", "merge", "begin", "commit",
	"rollback", "savepoint", "schema", "utility", "call",
}

// String returns the lower-case name of k.
func (k Kind) String() string {
	if k < kindCount {
		return kindNames[k]
	}
	return kindNames[Other]
}

// MarshalText implements encoding.TextMarshaler with the form of String.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Facts are what a statement's SQL says of itself, the same for every text of one fingerprint. Names are as the
// fingerprint's text spells them, without quotes where none are needed. A fact that the lexer cannot see is absent,
// never guessed.
type Facts struct {
	Kind    Kind     `json:"kind"`
	Tables  []string `json:"tables,omitempty"`  // every table named, at any depth, in order of appearance, once; no CTE names
	Writes  []string `json:"writes,omitempty"`  // the tables written, also inside CTEs
	Catalog bool     `json:"catalog,omitempty"` // every table is of the system catalog (sqlite_master, pg_catalog, information_schema, …)

	Values     []Value  `json:"values,omitempty"`     // value positions (placeholders and literals), in order; the first 64
	Columns    []string `json:"columns,omitempty"`    // select list of the outermost SELECT, or of RETURNING
	Aggregates []string `json:"aggregates,omitempty"` // aggregate functions of the outermost select list, lower case
	GroupBy    bool     `json:"groupBy,omitempty"`
	Distinct   bool     `json:"distinct,omitempty"`
	OrderBy    []string `json:"orderBy,omitempty"` // outermost ORDER BY terms
	Limit      bool     `json:"limit,omitempty"`   // outermost LIMIT, FETCH FIRST or TOP
	Offset     bool     `json:"offset,omitempty"`
	Locking    bool     `json:"locking,omitempty"`  // FOR UPDATE, FOR SHARE, LOCK IN SHARE MODE
	Volatile   bool     `json:"volatile,omitempty"` // calls a function or names a value that may differ from call to call: now(), random(), nextval(), …
	Join       bool     `json:"join,omitempty"`     // the outermost FROM has more than one table
	Subquery   bool     `json:"subquery,omitempty"` // a SELECT within, CTEs included
	Compound   bool     `json:"compound,omitempty"` // UNION, INTERSECT or EXCEPT at the top
	Recursive  bool     `json:"recursive,omitempty"`

	Source        InsertSource `json:"source,omitempty"` // of the rows of an INSERT
	InsertColumns []string     `json:"insertColumns,omitempty"`
	Upsert        bool         `json:"upsert,omitempty"` // ON CONFLICT, ON DUPLICATE KEY, OR REPLACE, OR IGNORE, REPLACE
	Set           []Assignment `json:"set,omitempty"`
	Returning     bool         `json:"returning,omitempty"`
	Statements    int          `json:"statements,omitempty"` // how many statements the text holds, when more than one
}

// An Assignment is one column of UPDATE … SET.
type Assignment struct {
	Column   string `json:"column"`
	FromSelf bool   `json:"fromSelf,omitempty"` // computed from itself: n = n + 1
}

// A Role is what a value is for.
type Role uint8

// The roles of values.
const (
	RoleOther  Role = iota
	RoleKey         // compared for equality: =, IN, = ANY
	RoleRange       // compared otherwise: <, >, BETWEEN, LIKE, …
	RoleLimit       // LIMIT, FETCH FIRST, TOP
	RoleOffset      // OFFSET
	RoleInsert      // a column's value in INSERT
	RoleSet         // a column's value in SET
	roleCount
)

var roleNames = [roleCount]string{"other", "key", "range", "limit", "offset", "insert", "set"}

// String returns the lower-case name of r.
func (r Role) String() string {
	if r < roleCount {
		return roleNames[r]
	}
	return roleNames[RoleOther]
}

// MarshalText implements encoding.TextMarshaler with the form of String.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// A Value is one position of a shape that holds a value: a placeholder or a literal.
type Value struct {
	Role   Role   `json:"role"`
	Table  string `json:"table,omitempty"`  // table of Column: its qualifier resolved, or the only table; else empty
	Column string `json:"column,omitempty"` // column it is compared with or assigned to, without qualifier
	List   bool   `json:"list,omitempty"`   // inside IN (…), = ANY(ARRAY[…]), VALUES that are joined: Binding.Arity says how many

	// Container says in which form the one value at this position holds several: = ANY(?), unnest(?), json_each(?).
	Container Container `json:"container,omitempty"`

	// Alternatives is how many positions take a value like this one: 3 in id = ? OR id = ? OR id = ?, and in a UNION of three
	// selects of one form. It is 0 where there is no alternative.
	Alternatives int `json:"alternatives,omitempty"`
}

// Many reports whether the position takes any number of values, or is one of several alternatives.
func (v *Value) Many() bool { return v.List || v.Container != ContainerNone || v.Alternatives > 1 }

// An InsertSource says where the rows of an INSERT come from.
type InsertSource uint8

// The sources of rows.
const (
	SourceNone   InsertSource = iota // the statement is no INSERT, or was not understood
	SourceValues                     // VALUES, SET, DEFAULT VALUES: Parsed.Rows says how many
	SourceRow                        // a SELECT that reads from no table: one row at most
	SourceQuery                      // another query: any number of rows
	sourceCount
)

var sourceNames = [sourceCount]string{"none", "values", "row", "query"}

// String returns the lower-case name of s.
func (s InsertSource) String() string {
	if s < sourceCount {
		return sourceNames[s]
	}
	return sourceNames[SourceNone]
}

// MarshalText implements encoding.TextMarshaler with the form of String.
func (s InsertSource) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

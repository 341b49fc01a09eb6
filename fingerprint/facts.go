package fingerprint

// A Kind is what a statement does, by its verb. An INSERT … RETURNING that is run as a query is an Insert.
type Kind uint8

// The kinds of statements.
const (
	Other     Kind = iota // another statement, or a text that is no SQL
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

// Facts are what a statement's SQL says. Texts with one fingerprint have the same facts; only the order of InsertColumns,
// Set and Values is that of the text. Names are as the normal form spells them, without quotes where none are needed. A fact
// that is not certain is absent.
type Facts struct {
	Kind    Kind         `json:"kind"`
	Source  InsertSource `json:"source,omitempty"`  // where the rows of an INSERT come from
	Tables  []string     `json:"tables,omitempty"`  // every table that is named, at any depth, in order of appearance, once; no CTEs
	Writes  []string     `json:"writes,omitempty"`  // the tables that are written, also within CTEs
	Within  Kind         `json:"within,omitempty"`  // of a SELECT: what the first of its CTEs that writes does; else Other
	Catalog bool         `json:"catalog,omitempty"` // every table is part of the system catalog (sqlite_master, pg_catalog, information_schema, …)

	Values     []Value  `json:"values,omitempty"`     // the positions of placeholders and literals, in order; the first 64
	Columns    []string `json:"columns,omitempty"`    // the select list of the outermost SELECT, or RETURNING
	Aggregates []string `json:"aggregates,omitempty"` // aggregate functions of the outermost select list, in lower case
	GroupBy    bool     `json:"groupBy,omitempty"`
	Distinct   bool     `json:"distinct,omitempty"`
	OrderBy    []string `json:"orderBy,omitempty"` // the terms of the outermost ORDER BY
	Limit      bool     `json:"limit,omitempty"`   // the outermost query has LIMIT, FETCH FIRST or TOP
	Offset     bool     `json:"offset,omitempty"`
	Locking    bool     `json:"locking,omitempty"`  // FOR UPDATE, FOR SHARE, LOCK IN SHARE MODE
	Volatile   bool     `json:"volatile,omitempty"` // a function or a name may have another value at each call: now(), random(), nextval(), …
	Join       bool     `json:"join,omitempty"`     // the outermost FROM has more than one table
	Subquery   bool     `json:"subquery,omitempty"` // there is a SELECT within, also in a CTE
	Compound   bool     `json:"compound,omitempty"` // the outermost query is a UNION, INTERSECT or EXCEPT
	Recursive  bool     `json:"recursive,omitempty"`

	InsertColumns []string     `json:"insertColumns,omitempty"` // in the order of the text
	Upsert        bool         `json:"upsert,omitempty"`        // ON CONFLICT, ON DUPLICATE KEY, OR REPLACE, OR IGNORE, REPLACE
	Set           []Assignment `json:"set,omitempty"`           // in the order of the text
	Returning     bool         `json:"returning,omitempty"`
	Statements    int          `json:"statements,omitempty"` // how many statements the text holds, when more than one; else 0
}

// Effect returns what the statement does to the rows of tables: Kind, but for a SELECT with a CTE that writes what that does.
func (f *Facts) Effect() Kind {
	if f.Within != Other {
		return f.Within
	}
	return f.Kind
}

// An Assignment is a column of UPDATE … SET.
type Assignment struct {
	Column   string `json:"column"`
	FromSelf bool   `json:"fromSelf,omitempty"` // the value is computed from the column itself: n = n + 1
}

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

// A Role is what a value is used for.
type Role uint8

// The roles of values.
const (
	RoleOther  Role = iota
	RoleKey         // compared for equality: =, IN, = ANY
	RoleRange       // compared in another way: <, >, BETWEEN, LIKE, NOT IN, …
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

// A Container is the form in which one value holds several.
type Container uint8

// The containers.
const (
	ContainerNone      Container = iota // the value is a single one
	ContainerArray                      // an array: = ANY(?), unnest(?)
	ContainerJSON                       // a JSON array: json_each(?)
	ContainerSeparated                  // a text with Binding.Separator between the values: FIND_IN_SET(column, ?), string_to_array(?, ',')
	ContainerOther                      // several values in a form that is not read: json_each(?, '$.ids')
	containerCount
)

var containerNames = [containerCount]string{"none", "array", "json", "separated", "other"}

// String returns the lower-case name of c.
func (c Container) String() string {
	if c < containerCount {
		return containerNames[c]
	}
	return containerNames[ContainerOther]
}

// MarshalText implements encoding.TextMarshaler with the form of String.
func (c Container) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// A Value is a position of the normal form that holds a value: a placeholder or a literal.
type Value struct {
	Role   Role   `json:"role"`
	Table  string `json:"table,omitempty"`  // table of Column: that of its qualifier, or the only table; empty when not certain
	Column string `json:"column,omitempty"` // column that the value is compared with or assigned to, without its qualifier

	// List is true in IN (…), = ANY(ARRAY[…]), and in VALUES that are selected from: Binding.Arity is the number of values.
	List bool `json:"list,omitempty"`

	// Container says in which form the value holds several: = ANY(?), unnest(?), json_each(?). The values that an argument holds
	// are those of Parsed.AppendElements.
	Container Container `json:"container,omitempty"`

	// Alternatives is the number of positions that take a value as this one does: 3 in id = ? OR id = ? OR id = ?, and in a
	// UNION of three selects of one form. It is 0 where there is no alternative.
	Alternatives uint16 `json:"alternatives,omitempty"`
}

// Many reports whether the position takes any number of values, or is one of several alternatives.
func (v *Value) Many() bool { return v.List || v.Container != ContainerNone || v.Alternatives > 1 }

package main

import "slices"

// A part is an optional interface: the feature that stands for it and the type that has its methods.
type part struct{ feature, mixin string }

var (
	connParts = []part{
		{"ConnBeginTx", "beginTx"},
		{"ConnPrepareContext", "prepareContext"},
		{"ExecerContext", "execerContext"},
		{"Execer", "execer"},
		{"QueryerContext", "queryerContext"},
		{"Queryer", "queryer"},
		{"ConnChecker", "connChecker"},
		{"Pinger", "pinger"},
		{"SessionResetter", "resetter"},
		{"Validator", "validator"},
	}
	stmtParts = []part{
		{"StmtExecContext", "stmtExecContext"},
		{"StmtQueryContext", "stmtQueryContext"},
		{"StmtChecker", "stmtChecker"},
		{"ColumnConverter", "columnConverter"},
	}
	rowsParts = []part{
		{"NextResultSet", "nextResultSet"},
		{"TypeDatabaseTypeName", "typeDatabaseTypeName"},
		{"TypeLength", "typeLength"},
		{"TypeNullable", "typeNullable"},
		{"TypePrecisionScale", "typePrecisionScale"},
		{"TypeScanType", "typeScanType"},
	}
	scannerPart = part{"ColumnScanner", "columnScanner"}
)

// every returns all sets of parts.
func every(parts []part) [][]part {
	sets := make([][]part, 0, 1<<len(parts))
	for mask := range 1 << len(parts) {
		sets = append(sets, pick(parts, mask))
	}
	return sets
}

// connections returns the sets of a connection's parts that are worth a type. How statements are begun, prepared, run
// and given their arguments hangs together: all sets of these. Ping, reset and validity stand alone: each of the former
// sets comes with none of the latter, and with two opposite choices by turns.
func connections() [][]part {
	const together = 7
	var sets [][]part
	for mask := range 1 << together {
		alone := (mask ^ mask>>3 ^ mask>>6) & 7
		choices := []int{0, alone, ^alone & 7}
		slices.Sort(choices)
		for _, a := range slices.Compact(choices) {
			sets = append(sets, pick(connParts, mask|a<<together))
		}
	}
	return sets
}

// with returns the sets with one more part in each.
func with(p part, sets [][]part) [][]part {
	more := make([][]part, len(sets))
	for i, s := range sets {
		more[i] = append(slices.Clone(s), p)
	}
	return more
}

func pick(parts []part, mask int) []part {
	var set []part
	for i, p := range parts {
		if mask>>i&1 == 1 {
			set = append(set, p)
		}
	}
	return set
}

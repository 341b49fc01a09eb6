package fingerprint

// A keyword is one of the words that give SQL its structure. Words that are also common names of columns (key, name,
// value, type, date, …) are not among them: they stay names.
type keyword uint8

const (
	kwNone keyword = iota
	kwAll
	kwAnd
	kwAny
	kwArray
	kwAs
	kwAsc
	kwBetween
	kwBy
	kwCase
	kwConflict
	kwCreate
	kwCross
	kwDefault
	kwDelete
	kwDesc
	kwDistinct
	kwDo
	kwDuplicate
	kwElse
	kwEnd
	kwEscape
	kwExcept
	kwExists
	kwFalse
	kwFetch
	kwFor
	kwFrom
	kwFull
	kwGroup
	kwHaving
	kwIlike
	kwIn
	kwInner
	kwInsert
	kwIntersect
	kwInterval
	kwInto
	kwIs
	kwJoin
	kwLateral
	kwLeft
	kwLike
	kwLimit
	kwMatched
	kwMerge
	kwNatural
	kwNot
	kwNothing
	kwNull
	kwOffset
	kwOn
	kwOnly
	kwOr
	kwOrder
	kwOuter
	kwOver
	kwPartition
	kwRecursive
	kwReplace
	kwReturning
	kwRight
	kwSelect
	kwSet
	kwStraightJoin
	kwTable
	kwThen
	kwTrue
	kwUnion
	kwUpdate
	kwUsing
	kwValues
	kwWhen
	kwWhere
	kwWith
)

// keywords is keyed by upper case, the form that fingerprints spell them in.
var keywords = map[string]keyword{
	"ALL": kwAll, "AND": kwAnd, "ANY": kwAny, "ARRAY": kwArray, "AS": kwAs, "ASC": kwAsc, "BETWEEN": kwBetween, "BY": kwBy,
	"CASE": kwCase, "CONFLICT": kwConflict, "CREATE": kwCreate, "CROSS": kwCross, "DEFAULT": kwDefault,
	"DELETE": kwDelete, "DESC": kwDesc, "DISTINCT": kwDistinct, "DO": kwDo, "DUPLICATE": kwDuplicate, "ELSE": kwElse,
	"END": kwEnd, "ESCAPE": kwEscape, "EXCEPT": kwExcept, "EXISTS": kwExists, "FALSE": kwFalse, "FETCH": kwFetch,
	"FOR": kwFor, "FROM": kwFrom, "FULL": kwFull, "GROUP": kwGroup, "HAVING": kwHaving, "ILIKE": kwIlike, "IN": kwIn,
	"INNER": kwInner, "INSERT": kwInsert, "INTERSECT": kwIntersect, "INTERVAL": kwInterval, "INTO": kwInto, "IS": kwIs,
	"JOIN": kwJoin, "LATERAL": kwLateral, "LEFT": kwLeft, "LIKE": kwLike, "LIMIT": kwLimit, "MATCHED": kwMatched,
	"MERGE": kwMerge, "NATURAL": kwNatural, "NOT": kwNot, "NOTHING": kwNothing, "NULL": kwNull, "OFFSET": kwOffset,
	"ON": kwOn, "ONLY": kwOnly, "OR": kwOr, "ORDER": kwOrder, "OUTER": kwOuter, "OVER": kwOver, "PARTITION": kwPartition,
	"RECURSIVE": kwRecursive, "REPLACE": kwReplace, "RETURNING": kwReturning, "RIGHT": kwRight, "SELECT": kwSelect,
	"SET": kwSet, "STRAIGHT_JOIN": kwStraightJoin, "TABLE": kwTable, "THEN": kwThen, "TRUE": kwTrue, "UNION": kwUnion,
	"UPDATE": kwUpdate, "USING": kwUsing, "VALUES": kwValues, "WHEN": kwWhen, "WHERE": kwWhere, "WITH": kwWith,
}

const longestKeyword = len("STRAIGHT_JOIN")

// keywordOf returns the keyword that word spells, in any case.
func keywordOf(word string) keyword {
	if len(word) < 2 || len(word) > longestKeyword {
		return kwNone
	}
	var upper [longestKeyword]byte
	for i := range len(word) {
		c := word[i]
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		upper[i] = c
	}
	return keywords[string(upper[:len(word)])]
}

// operand reports whether the keyword ends an expression, so that an operator may follow it.
func (k keyword) operand() bool {
	switch k {
	case kwEnd, kwNull, kwTrue, kwFalse, kwDefault:
		return true
	}
	return false
}

// namesTable reports whether what follows the keyword is the name of a table.
func (k keyword) namesTable() bool {
	switch k {
	case kwFrom, kwJoin, kwInto, kwUpdate, kwTable, kwStraightJoin:
		return true
	}
	return false
}

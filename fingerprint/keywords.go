package fingerprint

import "strings"

// A keyword is a word that gives SQL its structure. Words that are common names of columns (key, name, value, type, date, …)
// are no keywords.
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
	kwIf
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
	keywordCount
)

// keywordText has the keywords as the normal form spells them.
var keywordText = [keywordCount]string{
	kwAll: "ALL", kwAnd: "AND", kwAny: "ANY", kwArray: "ARRAY", kwAs: "AS", kwAsc: "ASC", kwBetween: "BETWEEN", kwBy: "BY",
	kwCase: "CASE", kwConflict: "CONFLICT", kwCreate: "CREATE", kwCross: "CROSS", kwDefault: "DEFAULT",
	kwDelete: "DELETE", kwDesc: "DESC", kwDistinct: "DISTINCT", kwDo: "DO", kwDuplicate: "DUPLICATE", kwElse: "ELSE",
	kwEnd: "END", kwEscape: "ESCAPE", kwExcept: "EXCEPT", kwExists: "EXISTS", kwFalse: "FALSE", kwFetch: "FETCH",
	kwFor: "FOR", kwFrom: "FROM", kwFull: "FULL", kwGroup: "GROUP", kwHaving: "HAVING", kwIf: "IF", kwIlike: "ILIKE", kwIn: "IN",
	kwInner: "INNER", kwInsert: "INSERT", kwIntersect: "INTERSECT", kwInterval: "INTERVAL", kwInto: "INTO", kwIs: "IS",
	kwJoin: "JOIN", kwLateral: "LATERAL", kwLeft: "LEFT", kwLike: "LIKE", kwLimit: "LIMIT", kwMatched: "MATCHED",
	kwMerge: "MERGE", kwNatural: "NATURAL", kwNot: "NOT", kwNothing: "NOTHING", kwNull: "NULL", kwOffset: "OFFSET",
	kwOn: "ON", kwOnly: "ONLY", kwOr: "OR", kwOrder: "ORDER", kwOuter: "OUTER", kwOver: "OVER", kwPartition: "PARTITION",
	kwRecursive: "RECURSIVE", kwReplace: "REPLACE", kwReturning: "RETURNING", kwRight: "RIGHT", kwSelect: "SELECT",
	kwSet: "SET", kwStraightJoin: "STRAIGHT_JOIN", kwTable: "TABLE", kwThen: "THEN", kwTrue: "TRUE", kwUnion: "UNION",
	kwUpdate: "UPDATE", kwUsing: "USING", kwValues: "VALUES", kwWhen: "WHEN", kwWhere: "WHERE", kwWith: "WITH",
}

// byLetter has the keywords of each first letter.
var byLetter = func() (index ['z' - 'a' + 1][]keyword) {
	for k := kwNone + 1; k < keywordCount; k++ {
		letter := keywordText[k][0] - 'A'
		index[letter] = append(index[letter], k)
	}
	return index
}()

// lengths has the set of lengths of the keywords of each first letter. It saves most names the look-up.
var lengths = func() (of [len(byLetter)]uint32) {
	for k := kwNone + 1; k < keywordCount; k++ {
		of[keywordText[k][0]-'A'] |= 1 << len(keywordText[k])
	}
	return of
}()

// keywordOf returns the keyword that word spells, in any case.
func keywordOf(word string) keyword {
	letter := (word[0] | 0x20) - 'a'
	if int(letter) >= len(byLetter) || lengths[letter]>>min(len(word), 31)&1 == 0 {
		return kwNone
	}
	for _, k := range byLetter[letter] {
		if len(keywordText[k]) == len(word) && spells(word, keywordText[k]) {
			return k
		}
	}
	return kwNone
}

// spells reports whether word is upper, an ASCII text of the same length, in any case.
func spells(word, upper string) bool {
	for i := range len(upper) {
		if c := word[i]; c != upper[i] && (c < 'a' || c-('a'-'A') != upper[i]) {
			return false
		}
	}
	return true
}

// operand reports whether the keyword ends an operand, so that an operator may follow.
func (k keyword) operand() bool {
	switch k {
	case kwEnd, kwNull, kwTrue, kwFalse, kwDefault:
		return true
	}
	return false
}

// namesTable reports whether the name of a table follows the keyword.
func (k keyword) namesTable() bool {
	switch k {
	case kwFrom, kwJoin, kwInto, kwUpdate, kwTable, kwStraightJoin:
		return true
	}
	return false
}

// verbs are the words that begin a statement and are no keywords, in upper case.
var verbs = func() map[string]Kind {
	m := make(map[string]Kind)
	for kind, words := range map[Kind]string{
		Begin:     "BEGIN START",
		Commit:    "COMMIT",
		Rollback:  "ROLLBACK ABORT",
		Savepoint: "SAVEPOINT RELEASE",
		Schema:    "ALTER DROP TRUNCATE RENAME COMMENT GRANT REVOKE REINDEX",
		Utility: "SHOW PRAGMA EXPLAIN ANALYZE VACUUM LOCK UNLOCK USE DECLARE LISTEN NOTIFY UNLISTEN CLOSE DESCRIBE " +
			"RESET DISCARD ATTACH DETACH PREPARE DEALLOCATE COPY CHECKPOINT MOVE LOAD KILL FLUSH",
		Call: "CALL EXECUTE EXEC",
	} {
		for word := range strings.FieldsSeq(words) {
			m[word] = kind
		}
	}
	return m
}()

// verbOf returns the kind of a statement that begins with word, and whether word is one of verbs.
func verbOf(word string) (Kind, bool) {
	const longest = len("DEALLOCATE")
	if len(word) > longest {
		return Other, false
	}
	kind, ok := verbs[strings.ToUpper(word)]
	return kind, ok
}

// kind returns the kind of a statement that begins with the keyword.
func (k keyword) kind() Kind {
	switch k {
	case kwSelect, kwValues, kwTable, kwWith:
		return Select
	case kwInsert, kwReplace:
		return Insert
	case kwUpdate:
		return Update
	case kwDelete:
		return Delete
	case kwMerge:
		return Merge
	case kwCreate:
		return Schema
	case kwEnd:
		return Commit
	case kwSet, kwFetch, kwDesc:
		return Utility
	case kwDo:
		return Call
	}
	return Other
}

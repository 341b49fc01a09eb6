package record

import "slices"

// Lists compares the lists of values that the statements of a group had at one position: the parts of one longer list are
// distinguished from one list for each row.
type Lists struct {
	Uneven  bool // a list before the last one differed in length from the first one
	Overlap bool // a value was in two of the lists, as far as their values are kept

	length int    // of the first list
	uneven bool   // the latest list differs in length from the first one
	seen   []Mark // values of earlier lists, up to maxListValues
}

// addList compares the list of the latest statement with earlier ones. count is the number of statements so far.
func (sl *Slot) addList(v *argument, count int, s *Scope) {
	l := sl.Lists
	if l == nil {
		l = &Lists{length: v.length}
		l.Uneven = count > 1 // earlier statements had a single value
		sl.Lists = l
	}
	l.Uneven = l.Uneven || l.uneven
	l.uneven = v.length != l.length
	for _, h := range v.list {
		l.Overlap = l.Overlap || h != 0 && slices.Contains(l.seen, MarkOf(h))
	}
	for _, h := range v.list {
		if len(l.seen) < maxListValues && !l.Overlap && s.spend(markBytes, shedTraces) {
			l.seen = append(l.seen, MarkOf(h))
		}
	}
}

// Kept returns the first values of the lists, maxListValues at most. The list of the latest statement is included.
func (l *Lists) Kept() []Mark { return l.seen }

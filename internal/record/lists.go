package record

import "slices"

// Lists is what a slot knows of the lists of values that its statements held: enough to distinguish the parts of one longer
// list from a list for each row.
type Lists struct {
	Uneven  bool // a list that was not the last one had another length than the first one
	Overlap bool // a value was in two of the lists, as far as their values are kept

	length int    // of the first list
	other  bool   // the latest list had another length than the first one
	seen   []Mark // values of earlier lists, up to maxListed
}

// addList compares the list of the slot's statement with earlier ones. count is the number of statements so far.
func (sl *Slot) addList(v *argument, count int) {
	l := sl.Lists
	if l == nil {
		l = &Lists{length: v.length}
		l.Uneven = count > 1 // earlier statements held one value
		sl.Lists = l
	}
	l.Uneven = l.Uneven || l.other
	l.other = v.length != l.length
	for _, h := range v.list {
		l.Overlap = l.Overlap || h != 0 && slices.Contains(l.seen, MarkOf(h))
	}
	for _, h := range v.list {
		if len(l.seen) < maxListed && !l.Overlap {
			l.seen = append(l.seen, MarkOf(h))
		}
	}
}

// Kept returns the values of the lists, up to maxListed of them.
func (l *Lists) Kept() []Mark { return l.seen }

package record

import "database/sql/driver"

// wideValue is from how many bytes on a text or blob counts as long: what is shorter is seldom worth leaving out.
const wideValue = 256

// length returns the length of a text or blob, 0 for other values.
func length(v driver.Value) int {
	switch v := v.(type) {
	case string:
		return len(v)
	case []byte:
		return len(v)
	}
	return 0
}

// addWide adds up the bytes of a row's long values, which stand at the bits of long.
func (g *Group) addWide(row []driver.Value, long uint16) {
	if g.WideBytes == nil {
		g.WideBytes = new([MaxColumns]int)
	}
	for i := range row {
		if i < MaxColumns && long&(1<<i) != 0 {
			g.WideBytes[i] += length(row[i])
		}
	}
}

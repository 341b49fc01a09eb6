package main

import "fmt"

// A budget is the most that watching may cost. The zero value allows anything.
type budget struct {
	ratio     float64
	allocFree bool // allocates nothing beyond the bare driver
}

// budgetOf returns the bound that the project has set; docs/design.md says where it comes from.
func budgetOf(driver, workload, subject string) budget {
	switch {
	case workload == rowWorkload && subject == blind:
		return budget{ratio: 1.1, allocFree: true}
	case subject != watched:
		return budget{}
	case workload == rowWorkload:
		return budget{ratio: 1.5, allocFree: true}
	case workload == manyRows:
		return budget{} // it is nearly all rows, which have their own
	case driver == "sqlite":
		return budget{ratio: 1.15}
	}
	return budget{ratio: map[string]float64{
		"exec": 2.5, oneRow: 2.0, "prepare-exec-close": 1.8, "stmt-query-1-row": 1.8, "exec-40-frames": 2.8,
	}[workload]}
}

// few is how many allocations a row may share with the others of its scope: what is kept of them grows now and then.
const few = 0.05

func (b budget) missed(r ratio) bool {
	return b.ratio > 0 && r.Ratio > b.ratio || b.allocFree && r.moreAllocs > few
}

func (b budget) String() string {
	switch {
	case b.ratio == 0:
		return ""
	case b.allocFree:
		return fmt.Sprintf("≤ %.2f, +0 allocs", b.ratio)
	}
	return fmt.Sprintf("≤ %.2f", b.ratio)
}

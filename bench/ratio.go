package main

import (
	"fmt"
	"math"
	"slices"
)

// A ratio is one line of the result: a subject compared with the bare driver.
type ratio struct {
	Driver   string  `json:"driver"`
	Workload string  `json:"workload"`
	Subject  string  `json:"subject"`
	Ratio    float64 `json:"ratio"`  // of time
	Allocs   float64 `json:"allocs"` // of one statement

	nanoseconds float64
	moreAllocs  float64 // than on the bare driver
	budget      budget
}

func (r ratio) missed() bool { return r.budget.missed(r) }

// ratios returns the lines for the named workloads, in the order of the table.
func (taken samples) ratios(driver string, names []string) (lines []ratio) {
	for _, name := range workloadNames() {
		if !slices.Contains(names, name) || name == scopeWorkload {
			continue
		}
		of := taken[name]
		if name == rowWorkload {
			of = perRow(taken[oneRow], taken[manyRows])
		}
		for i, s := range subjects {
			r := compare(of[i], of[0])
			r.Driver, r.Workload, r.Subject = driver, name, s.name
			r.budget = budgetOf(driver, name, s.name)
			lines = append(lines, r)
		}
	}
	return lines
}

func compare(subject, bare []sample) ratio {
	allocs := median(subject, sample.allocated)
	return ratio{
		Ratio:       rounded(medianRatio(subject, bare)),
		Allocs:      rounded(allocs),
		nanoseconds: median(subject, sample.took),
		moreAllocs:  rounded(allocs - median(bare, sample.allocated)),
	}
}

// perRow returns the cost of one more row.
func perRow(one, many [][]sample) [][]sample {
	const more = tableRows - 1
	rows := make([][]sample, len(many))
	for i := range many {
		for n, m := range many[i] {
			o := one[i][n]
			rows[i] = append(rows[i], sample{(m.nanoseconds - o.nanoseconds) / more, (m.allocs - o.allocs) / more})
		}
	}
	return rows
}

// medianRatio returns the median of the ratios within each round: noise that lasts longer than a round is in both terms.
func medianRatio(subject, bare []sample) float64 {
	ratios := make([]float64, len(subject))
	for i := range ratios {
		ratios[i] = subject[i].nanoseconds / bare[i].nanoseconds
	}
	return middle(ratios)
}

func median(of []sample, what func(sample) float64) float64 {
	values := make([]float64, len(of))
	for i, s := range of {
		values[i] = what(s)
	}
	return middle(values)
}

// middle returns the median of values, and sorts them.
func middle(values []float64) float64 {
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

// rounded returns x as it is printed; budgets are compared with printed values. Adding 0 turns -0 into 0.
func rounded(x float64) float64 { return math.Round(x*100)/100 + 0 }

// A budget is an upper bound of what watching costs. The zero value is no bound.
type budget struct {
	ratio     float64
	allocFree bool // allocates nothing beyond the bare driver
}

// budgetOf returns the budget of a line. docs/design.md says where the budgets come from.
func budgetOf(driver, workload, subject string) budget {
	switch {
	case workload == rowWorkload && subject == blind:
		return budget{ratio: 1.1, allocFree: true}
	case subject != watched:
		return budget{}
	case workload == rowWorkload:
		return budget{ratio: 1.5, allocFree: true}
	case workload == manyRows:
		return budget{} // nearly all of it is rows, which have a budget of their own
	case driver == "sqlite":
		return budget{ratio: 1.15}
	}
	return budget{ratio: map[string]float64{
		"exec": 2.5, oneRow: 2.0, "prepare-exec-close": 1.8, "stmt-query-1-row": 1.8, "exec-40-frames": 2.8,
	}[workload]}
}

// few is the number of allocations per row that counts as none: the table of a scope's rows grows now and then.
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

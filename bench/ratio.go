package main

import "slices"

// A ratio is one line of the result: a subject, beside the bare driver.
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

// perRow returns what one row more costs.
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

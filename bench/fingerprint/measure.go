package main

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"time"
)

// A line is what one reader needs for a statement.
type line struct {
	name                       string
	nanoseconds, allocs, ratio float64
	bound, verdict             string
}

// baseline is the reader that the others are compared with.
const baseline = "go-sqllexer"

// measure lets all readers read in each round.
func measure(rounds int) []line {
	took := make([][]float64, len(readers))
	order := make([]int, len(readers))
	for i := range order {
		order[i] = i
	}
	for range rounds {
		rand.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			took[i] = append(took[i], nanoseconds(readers[i]))
		}
	}
	base := slices.IndexFunc(readers, func(r reader) bool { return r.name == baseline })
	lines := make([]line, len(readers))
	for i, r := range readers {
		ratios := make([]float64, rounds)
		for n := range ratios {
			ratios[n] = took[i][n] / took[base][n]
		}
		l := line{name: r.name, nanoseconds: median(took[i]), allocs: allocations(r), ratio: median(ratios), bound: r.bound}
		if r.bound != "" {
			l.verdict = "met"
			if r.missed(l) {
				l.verdict = "missed"
			}
		}
		lines[i] = l
	}
	return lines
}

// times is how often a reader reads all statements in its turn.
const times = 10

// nanoseconds returns what one statement takes.
func nanoseconds(r reader) float64 {
	begin := time.Now()
	for range times {
		r.read()
	}
	return float64(time.Since(begin).Nanoseconds()) / float64(times*r.statements)
}

func allocations(r reader) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range times {
		r.read()
	}
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs-before.Mallocs) / float64(times*r.statements)
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

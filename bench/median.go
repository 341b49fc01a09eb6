package main

import (
	"math"
	"slices"
)

// medianRatio compares round by round: noise that lasts longer than a round is in both terms.
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

// rounded returns x as it is shown; a budget is compared with what is shown. Adding 0 makes a negative zero plain.
func rounded(x float64) float64 { return math.Round(x*100)/100 + 0 }

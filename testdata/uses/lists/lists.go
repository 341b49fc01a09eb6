// Package lists has helpers that stand away from the code that calls them.
package lists

// Size returns how many there are.
func Size[T any](all []T) int { return len(all) }

// IDs returns how many ids there are.
func IDs(ids []int64) int {
	if len(ids) > 1000 {
		return 1000
	}
	return len(ids)
}

// Sizer is what counts.
type Sizer interface{ Size(ids []int64) int }

// Plain is a Sizer.
type Plain struct{}

// Size implements Sizer.
func (Plain) Size(ids []int64) int { return len(ids) }

// First returns the first one.
func First[T any](all []T) (first T) {
	if len(all) > 0 {
		first = all[0]
	}
	return first
}

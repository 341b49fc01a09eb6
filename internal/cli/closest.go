package cli

import "strings"

// closest returns the most similar of names: one that contains name, otherwise the one with the fewest changed letters, if
// those are at most half of the letters.
func closest(name string, names []string) (string, bool) {
	name = strings.ToLower(name)
	best, fewest := "", len(name)/2+1
	for _, n := range names {
		if name != "" && strings.Contains(n, name) {
			return n, true
		}
		if d := distance(name, n); d < fewest {
			best, fewest = n, d
		}
	}
	return best, best != ""
}

// distance is the number of letters to insert, delete or replace to get from a to b (Levenshtein's).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

package option

import "testing"

// Apply hands every value over, in order.
func TestApply(t *testing.T) {
	var sum []int
	err := Apply("Open", []Option{New("WithA", "Open", 1), New("WithB", "Open", 2)}, func(v any) bool {
		n, ok := v.(int)
		sum = append(sum, n)
		return ok
	})
	if err != nil || len(sum) != 2 || sum[0] != 1 || sum[1] != 2 {
		t.Errorf("%v and %v, want 1, 2 and no error", sum, err)
	}
}

// An option that is passed to the wrong function is an error that names the right one.
func TestApplyNamesTheRightFunction(t *testing.T) {
	for _, tt := range []struct {
		option Option
		want   string
	}{
		{New("WithLevel", "New and Middleware", "likely"), "WithLevel is not an option of Open: pass it to New and Middleware"},
		{Option{}, "an empty option"},
	} {
		err := Apply("Open", []Option{tt.option}, func(any) bool { return false })
		if err == nil || err.Error() != tt.want {
			t.Errorf("error %v, want %s", err, tt.want)
		}
	}
}

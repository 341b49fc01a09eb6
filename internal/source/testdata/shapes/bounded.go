package shapes

import (
	"slices"
	"time"

	"github.com/nplusgone/nplusgone/internal/source/testdata/shapes/enum"
)

// Loops that run as often as the source says, and loops that wait.

const tries = 3

var kinds = []string{"draft", "published"}

var growing = []string{"one"}

func init() { growing = append(growing, "two") }

func Literal(db *DB) {
	for _, kind := range []string{"draft", "published"} {
		db.Query("child", kind)
	}
}

func LocalTable(db *DB) {
	table := []struct{ name string }{{"a"}, {"b"}}
	for _, row := range table {
		db.Query("child", row.name)
	}
}

func PackageTable(db *DB) {
	for _, kind := range kinds {
		db.Query("child", kind)
	}
}

func PackageTableThatGrows(db *DB) {
	for _, kind := range growing {
		db.Query("child", kind)
	}
}

func LocalThatGrows(db *DB) {
	list := []int{1}
	list = append(list, 2)
	for _, n := range list {
		db.Query("child", n)
	}
}

func LocalThatIsFilled(db *DB) {
	list := []int{}
	db.Get(&list, "parent")
	for _, n := range list {
		db.Query("child", n)
	}
}

func MapThatIsFilled(db *DB) {
	m := map[int]bool{0: true}
	for _, p := range posts() {
		m[p.ID] = true
	}
	for id := range m {
		db.Query("child", id)
	}
}

func ArrayVariable(db *DB) {
	var slots [2]int
	for i := range slots {
		db.Query("child", i)
	}
}

func SortedTable(db *DB) {
	for _, kind := range slices.Sorted(slices.Values(kinds)) {
		db.Query("child", kind)
	}
}

func FunctionOfTable(db *DB) {
	for _, kind := range allKinds() {
		db.Query("child", kind)
	}
}

func allKinds() []string { return []string{"draft", "published"} }

func OtherPackageTable(db *DB) {
	for _, kind := range enum.Kinds {
		db.Query("child", kind)
	}
}

func OtherPackageFunction(db *DB) {
	for _, kind := range enum.All() {
		db.Query("child", kind)
	}
}

func OtherPackageConstant(db *DB) {
	for kind := enum.Draft; kind < enum.End; kind++ {
		db.Query("child", kind)
	}
}

func OtherPackageThatGrows(db *DB) {
	for _, kind := range enum.Registered {
		db.Query("child", kind)
	}
}

func CountToLiteral(db *DB) {
	for i := 0; i < 3; i++ {
		db.Query("child", i)
	}
}

func CountToConstant(db *DB) {
	for i := 1; i <= tries && i > 0; i++ {
		db.Query("child", i)
	}
}

func CountToParameter(db *DB) { countTo(db, 3) }

func countTo(db *DB, n int) {
	for i := 0; i < n; i++ {
		db.Query("child", i)
	}
}

func RangeConstant(db *DB) {
	for i := range tries {
		db.Query("child", i)
	}
}

func RangeParameter(db *DB) { rangeTo(db, 3) }

func rangeTo(db *DB, n int) {
	for i := range n {
		db.Query("child", i)
	}
}

func CallbackOverLiteral(db *DB) {
	found := slices.ContainsFunc([]int{1, 2}, func(n int) bool {
		db.Query("child", n)
		return false
	})
	keepFound(found)
}

func Sleeps(db *DB) {
	done := false
	for !done {
		db.Query("child")
		time.Sleep(time.Microsecond)
		done = true
	}
}

func Ticks(db *DB) {
	ticker := time.NewTicker(time.Microsecond)
	defer ticker.Stop()
	for range ticker.C {
		db.Query("child")
		if len(db.Stacks("child")) == 2 {
			return
		}
	}
}

func Selects(db *DB) {
	stop := make(chan bool)
	for {
		select {
		case <-stop:
			return
		case <-time.After(time.Microsecond):
		}
		db.Query("child")
		if len(db.Stacks("child")) == 2 {
			return
		}
	}
}

// retry is the kind of loop that all statements of a program go through.
func retry(run func() error) (err error) {
	for i := 0; i < tries; i++ {
		if err = run(); err == nil {
			return nil
		}
		time.Sleep(time.Microsecond)
	}
	return err
}

func RetryInLoop(db *DB) {
	for _, p := range posts() {
		retry(func() error { return db.Exec("child", p.ID) })
	}
}

func RetryAlone(db *DB) {
	retry(func() error { return db.Exec("child") })
}

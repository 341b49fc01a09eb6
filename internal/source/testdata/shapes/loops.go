package shapes

// The loops of the language, each around a call in its own function.

func Range(db *DB) {
	for _, p := range posts() {
		db.Query("child", p.ID)
	}
}

func IndexLoop(db *DB) {
	list := posts()
	for i := 0; i < len(list); i++ {
		db.Query("child", list[i].ID)
	}
}

func RangeInteger(db *DB) {
	list := posts()
	for i := range len(list) {
		db.Query("child", list[i].ID)
	}
}

func While(db *DB) {
	rows, _ := db.Query("parent")
	defer rows.Close()
	for rows.Next() {
		var id int
		rows.Scan(&id)
		db.Query("child", id)
	}
}

func Forever(db *DB) {
	n := 0
	for {
		if n == 3 {
			return
		}
		db.Query("child", n)
		n++
	}
}

func Condition(db *DB) {
	n := 0
	more := func() bool { db.Query("child", n); n++; return n < 3 }
	for more() {
		_ = n
	}
}

func PostStatement(db *DB) {
	var n int
	for n = 0; n < 3; db.Exec("child", n) {
		n++
	}
}

func RangeExpression(db *DB) {
	for _, id := range ids(db) {
		_ = id
	}
}

func RangeExpressionInLoop(db *DB) {
	for _, p := range posts() {
		for _, id := range ids(db) {
			_, _ = id, p
		}
	}
}

func ids(db *DB) []int {
	var all []int
	db.Get(&all, "child")
	return all
}

func Nested(db *DB) {
	for _, p := range posts() {
		for _, q := range posts() {
			db.Query("child", p.ID, q.ID)
		}
	}
}

func Channel(db *DB) {
	ch := make(chan Post, 3)
	for _, p := range posts() {
		ch <- p
	}
	close(ch)
	for p := range ch {
		db.Query("child", p.ID)
	}
}

func AfterTheLoop(db *DB) {
	n := 0
	for _, p := range posts() {
		n += p.ID
	}
	db.Query("child", n)
}

func ReturnsFromLoop(db *DB) error {
	for _, p := range posts() {
		if p.ID == 2 {
			return db.Exec("child", p.ID)
		}
	}
	return nil
}

func FirstRowOnly(db *DB) {
	for _, p := range posts() {
		for _, q := range posts() {
			db.Query("child", p.ID, q.ID)
			break
		}
	}
}

func ManyLines(db *DB) {
	for _, p := range posts() {
		db.
			Query(
				"child",
				p.ID,
			)
	}
}

func InIf(db *DB) {
	for _, p := range posts() {
		if rows, err := db.Query("child", p.ID); err == nil {
			rows.Close()
		}
	}
}

func Labelled(db *DB) {
outer:
	for _, p := range posts() {
		switch {
		case p.ID == 2:
			continue outer
		default:
			db.Query("child", p.ID)
		}
	}
}

func Unrolled(db *DB) {
	db.Query("child", 1)
	db.Query("child", 2)
}

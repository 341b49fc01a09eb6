package uses

import (
	"context"
	"database/sql"
	"fmt"
	"math"
)

func folds() []Case {
	fires, quiet := about("aggregate-in-app")
	return []Case{
		fires("a sum in the loop that scans", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT likes FROM comments WHERE post_id = ?`, 3)
			if err != nil {
				return err
			}
			defer rows.Close()
			var total, likes int
			for rows.Next() {
				if err := rows.Scan(&likes); err != nil {
					return err
				}
				total += likes
			}
			Out = total
			return rows.Err()
		}),
		fires("a sum over a list that a store returned", func(ctx context.Context, db *sql.DB) error {
			list, err := store{db}.comments(ctx, 3)
			if err != nil {
				return err
			}
			sum := 0
			for _, c := range list {
				sum += c.Likes
			}
			Out = sum
			return nil
		}),
		fires("a helper that sums", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			Out = totalViews(posts)
			return nil
		}),
		fires("a product, summed", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			var revenue float64
			for i := range posts {
				revenue += posts[i].Price * float64(posts[i].Views)
			}
			Out = revenue
			return nil
		}),
		fires("a largest value", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			most := 0
			for _, p := range posts {
				if p.Views > most {
					most = p.Views
				}
			}
			Out = most
			return nil
		}),
		fires("a smallest value, by min", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			least := math.MaxInt
			for _, p := range posts {
				least = min(least, p.Views)
			}
			Out = least
			return nil
		}),
		fires("an average", func(ctx context.Context, db *sql.DB) error {
			list, err := store{db}.comments(ctx, 3)
			if err != nil || len(list) == 0 {
				return err
			}
			sum := 0.0
			for _, c := range list {
				sum += float64(c.Likes)
			}
			Out = sum / float64(len(list))
			return nil
		}),
		fires("a sum of the rows that a condition picks", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			views := 0
			for _, p := range posts {
				if p.Status == "published" {
					views += p.Views
				}
			}
			Out = views
			return nil
		}),
		fires("a sum in a field of a report", func(ctx context.Context, db *sql.DB) error {
			var r report
			err := r.fill(ctx, db)
			Out = r.total
			return err
		}),

		quiet("a sum, and the rows listed", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			total := 0
			for _, p := range posts {
				total += p.Views
				Out = fmt.Sprintln(p.Title, p.Views)
			}
			Out = total
			return nil
		}),
		quiet("a sum below the rows of a page in JSON", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			total := 0
			for _, p := range posts {
				total += p.Views
			}
			Out = map[string]any{"posts": posts, "total": total}
			return nil
		}),
		quiet("a running total", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			balance := 0
			var line []int
			for _, p := range posts {
				balance += p.Views
				line = append(line, balance)
			}
			Out = line
			return nil
		}),
		quiet("SUM itself", func(ctx context.Context, db *sql.DB) error {
			var total int
			err := db.QueryRowContext(ctx, `SELECT sum(likes) FROM comments`).Scan(&total)
			Out = total
			return err
		}),
		fires("sums by key, in a map", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			by := map[int64]int{}
			for _, p := range posts {
				by[p.AuthorID] += p.Views
			}
			Out = by
			return nil
		}),
		quiet("a sum of a page", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT likes FROM comments ORDER BY id LIMIT 10`)
			if err != nil {
				return err
			}
			defer rows.Close()
			total := 0
			for rows.Next() {
				var likes int
				if err := rows.Scan(&likes); err != nil {
					return err
				}
				total += likes
			}
			Out = total
			return rows.Err()
		}),
		quiet("the row with the largest value", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			var best post
			for _, p := range posts {
				if p.Views > best.Views {
					best = p
				}
			}
			Out = best.Title
			return nil
		}),
		quiet("texts put together", func(ctx context.Context, db *sql.DB) error {
			list, err := store{db}.comments(ctx, 3)
			if err != nil {
				return err
			}
			text := ""
			for _, c := range list {
				text += c.Body
			}
			Out = text
			return nil
		}),
		quiet("a function of Go's for each row", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			total := 0.0
			for _, p := range posts {
				total += vat(p.Price)
			}
			Out = total
			return nil
		}),
		quiet("a sum until a limit is reached", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			total := 0
			var taken []string
			for _, p := range posts {
				if total+p.Views > 100 {
					break
				}
				total += p.Views
				taken = append(taken, p.Title)
			}
			Out = taken
			return nil
		}),
		quiet("a sum, and what is above the average", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			total := 0
			for _, p := range posts {
				total += p.Views
			}
			for _, p := range posts {
				if p.Views*len(posts) > total {
					Out = p.Title
				}
			}
			return nil
		}),
		quiet("a checksum", func(ctx context.Context, db *sql.DB) error {
			list, err := store{db}.comments(ctx, 3)
			if err != nil {
				return err
			}
			sum := 17
			for _, c := range list {
				sum = sum*31 + c.Likes
			}
			Out = sum
			return nil
		}),
		quiet("sums of groups from the database", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT post_id, sum(likes) FROM comments GROUP BY post_id`)
			if err != nil {
				return err
			}
			defer rows.Close()
			total := 0
			for rows.Next() {
				var id, likes int
				if err := rows.Scan(&id, &likes); err != nil {
					return err
				}
				total += likes
			}
			Out = total
			return rows.Err()
		}),
	}
}

func vat(price float64) float64 { return math.Round(price*125) / 100 }

func totalViews(posts []post) (n int) {
	for _, p := range posts {
		n += p.Views
	}
	return n
}

type report struct{ total, rows int }

func (r *report) fill(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, `SELECT amount FROM events WHERE kind = ? AND id < 200`, "view")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var amount int
		if err := rows.Scan(&amount); err != nil {
			return err
		}
		r.total += amount
		r.rows++
	}
	return rows.Err()
}

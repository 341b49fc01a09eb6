package uses

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

func filters() []Case {
	fires, quiet := about("filter-in-app")
	return []Case{
		fires("continue in the loop that scans", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT id, title, status FROM posts`)
			if err != nil {
				return err
			}
			defer rows.Close()
			var drafts []string
			for rows.Next() {
				var id int64
				var title, status string
				if err := rows.Scan(&id, &title, &status); err != nil {
					return err
				}
				if status != "draft" {
					continue
				}
				drafts = append(drafts, fmt.Sprint(id, title))
			}
			Out = drafts
			return rows.Err()
		}),
		fires("an if around what is done", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			for _, p := range posts {
				if p.Status == "draft" {
					Out = fmt.Sprintln(p.ID, p.Title)
				}
			}
			return nil
		}),
		fires("rows that are gathered anew", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			var drafts []post
			for _, p := range posts {
				if p.Status == "draft" {
					drafts = append(drafts, p)
				}
			}
			Out = drafts
			return nil
		}),
		fires("by index", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			var titles []string
			for i := range posts {
				if posts[i].Status != "draft" {
					continue
				}
				titles = append(titles, posts[i].Title)
			}
			Out = titles
			return nil
		}),
		fires("in a helper, of a key", func(ctx context.Context, db *sql.DB) error {
			users, err := people(ctx, db)
			if err != nil {
				return err
			}
			Out = norwegians(users)
			return nil
		}),
		fires("with a pointer to the row", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT id, country, name FROM users`)
			if err != nil {
				return err
			}
			defer rows.Close()
			var found []*user
			for rows.Next() {
				u := new(user)
				if err := rows.Scan(&u.ID, &u.Country, &u.Name); err != nil {
					return err
				}
				if u.Country == "NO" {
					found = append(found, u)
				}
			}
			Out = found
			return rows.Err()
		}),
		fires("by a parameter", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			Out = byAuthor(posts, 8)
			return nil
		}),
		fires("by a number that is compared, suspected only", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			var top []string
			for _, p := range posts {
				if p.Views >= 100 {
					top = append(top, p.Title)
				}
			}
			Out = top
			return nil
		}).at("suspect"),

		quiet("an else for the others", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			var drafts, public []string
			for _, p := range posts {
				if p.Status == "draft" {
					drafts = append(drafts, p.Title)
				} else {
					public = append(public, p.Title)
				}
			}
			Out = [][]string{drafts, public}
			return nil
		}),
		quiet("a count of what was left out", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			skipped := 0
			var titles []string
			for _, p := range posts {
				if p.Status != "draft" {
					skipped++
					continue
				}
				titles = append(titles, p.Title)
			}
			Out = fmt.Sprint(skipped, titles)
			return nil
		}),
		quiet("a condition that SQL does not have", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			for _, p := range posts {
				if interesting(p) {
					Out = p.Title
				}
			}
			return nil
		}),
		fires("a prefix of a text", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			for _, p := range posts {
				if strings.HasPrefix(p.Title, "Post no. 3") {
					Out = p.Title
				}
			}
			return nil
		}).at("suspect"),
		fires("the first row that matches ends the loop", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			for _, p := range posts {
				if p.Title == "Post no. 37" {
					Out = p.ID
					break
				}
			}
			return nil
		}),
		fires("a predicate of the row", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			Out = slices.DeleteFunc(posts, func(p post) bool { return p.Status != "draft" })
			return nil
		}),
		quiet("a predicate that also keeps a list of what it saw", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			var seen []string
			kept := slices.DeleteFunc(posts, func(p post) bool {
				seen = append(seen, p.Title)
				return p.Status != "draft"
			})
			Out = []any{seen, kept}
			return nil
		}),
		quiet("most rows are kept", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			for _, p := range posts {
				if p.Status == "draft" {
					continue
				}
				Out = p.Title
			}
			return nil
		}),
		quiet("the rows are all shown, some of them in bold", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			var b strings.Builder
			for _, p := range posts {
				if p.Status == "draft" {
					b.WriteString("* ")
				}
				b.WriteString(p.Title)
			}
			Out = b.String()
			return nil
		}),
		quiet("the number of all, and some of them", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			var drafts []string
			for _, p := range posts {
				if p.Status == "draft" {
					drafts = append(drafts, p.Title)
				}
			}
			Out = fmt.Sprintf("%d of %d: %v", len(drafts), len(posts), drafts)
			return nil
		}),
		quiet("the same list filtered twice", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			for _, status := range []string{"draft", "published"} {
				for _, p := range posts {
					if p.Status == status {
						Out = p.Title
					}
				}
			}
			return nil
		}),
		fires("a set of ids that the program holds", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			wanted := map[int64]bool{3: true, 4: true}
			for _, p := range posts {
				if wanted[p.ID] {
					Out = p.Title
				}
			}
			return nil
		}).at("suspect"),
		quiet("repeats of the row before", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			last := ""
			for _, p := range posts {
				if p.Status == last {
					continue
				}
				last = p.Status
				Out = p.Title
			}
			return nil
		}),
		quiet("a filter of a page", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT id, status FROM posts ORDER BY id LIMIT 20`)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var id int64
				var status string
				if err := rows.Scan(&id, &status); err != nil {
					return err
				}
				if status == "draft" {
					Out = id
				}
			}
			return rows.Err()
		}),
		quiet("a feature flag among the settings", func(ctx context.Context, db *sql.DB) error {
			settings, err := settings(ctx, db)
			Out = settings["beta"] == "on"
			return err
		}),
		quiet("a state that the request names, and most rows have", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			Out = inState(posts, "published")
			return nil
		}),
		quiet("rows of two results, matched in a helper", func(ctx context.Context, db *sql.DB) error {
			users, err := people(ctx, db)
			if err != nil {
				return err
			}
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			for _, u := range users {
				Out = fmt.Sprint(u.Name, byAuthor(posts, u.ID))
			}
			return nil
		}),
		quiet("a helper that is asked for two parts", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			Out = fmt.Sprint(byAuthor(posts, 1), byAuthor(posts, 2))
			return nil
		}),
		quiet("rows of two results, matched in place", func(ctx context.Context, db *sql.DB) error {
			users, err := people(ctx, db)
			if err != nil {
				return err
			}
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			for _, u := range users {
				for _, p := range posts {
					if p.AuthorID == u.ID {
						Out = fmt.Sprint(u.Name, p.Title)
					}
				}
			}
			return nil
		}),
		quiet("an error for a row that must not be", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			for _, p := range posts {
				if p.Status == "broken" {
					return fmt.Errorf("post %d is broken", p.ID)
				}
				Out = p.Title
			}
			return nil
		}),
	}
}

func interesting(p post) bool { return strings.Count(p.Title, "1") > 1 }

func byAuthor(posts []post, author int64) (found []post) {
	for _, p := range posts {
		if p.AuthorID == author {
			found = append(found, p)
		}
	}
	return found
}

func inState(posts []post, status string) (found []post) {
	for _, p := range posts {
		if p.Status == status {
			found = append(found, p)
		}
	}
	return found
}

func people(ctx context.Context, db *sql.DB) (users []user, err error) {
	rows, err := db.QueryContext(ctx, `SELECT id, name, email, country, score FROM users`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var u user
		if err := rows.Scan(&u.ID, &u.Name, &u.Email, &u.Country, &u.Score); err != nil {
			return nil, err
		}
		users = append(users, u)
	}
	return users, rows.Err()
}

func norwegians(users []user) (found []string) {
	for _, u := range users {
		if u.Country != "NO" {
			continue
		}
		found = append(found, u.Name)
	}
	return found
}

func settings(ctx context.Context, db *sql.DB) (map[string]string, error) {
	rows, err := db.QueryContext(ctx, `SELECT name, value FROM settings`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			return nil, err
		}
		all[name] = value
	}
	return all, rows.Err()
}

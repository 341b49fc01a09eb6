package layers

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	"xorm.io/xorm"
	"xorm.io/xorm/core"

	"github.com/nplusgone/nplusgone/testdata/layers/queries"
)

// A Case is a request of a service on one of the data layers.
type Case struct {
	Name string
	Rule string // that finds something; empty for none
	Run  func(ctx context.Context, db *sql.DB) error
}

// Out is where cases leave what they have found out.
var Out any

type User struct {
	ID      int64
	Name    string
	Email   string
	Country string
	Score   int
}

type Post struct {
	ID       int64
	AuthorID int64
	Author   User `gorm:"foreignKey:AuthorID" bun:"-" xorm:"-"`
	Title    string
	Status   string
	Views    int
	Comments []Comment `gorm:"foreignKey:PostID" bun:"-" xorm:"-"`
}

type Comment struct {
	ID     int64
	PostID int64
	Body   string
	Likes  int
}

func onGORM(run func(db *gorm.DB) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		g, err := gorm.Open(sqlite.Dialector{Conn: db}, &gorm.Config{Logger: logger.Discard})
		if err != nil {
			return err
		}
		return run(g.WithContext(ctx))
	}
}

func onSQLX(run func(ctx context.Context, db *sqlx.DB) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		x := sqlx.NewDb(db, "sqlite3")
		x.MapperFunc(func(s string) string { return map[string]string{"AuthorID": "author_id", "PostID": "post_id"}[s] })
		return run(ctx, sqlx.NewDb(db, "sqlite3"))
	}
}

func onBun(run func(ctx context.Context, db *bun.DB) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error { return run(ctx, bun.NewDB(db, sqlitedialect.New())) }
}

func onXORM(run func(s *xorm.Session) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		e, err := xorm.NewEngineWithDB("sqlite3", "", core.FromDB(db))
		if err != nil {
			return err
		}
		e.SetMapper(mapper{})
		s := e.NewSession().Context(ctx)
		defer s.Close()
		return run(s)
	}
}

// Cases returns all cases.
func Cases() []Case {
	return []Case{
		{"gorm: the len of Find", "fetch-to-count", onGORM(func(db *gorm.DB) error {
			var posts []Post
			err := db.Where("status = ?", "published").Find(&posts).Error
			Out = len(posts)
			return err
		})},
		{"gorm: RowsAffected of Find", "fetch-to-exist", onGORM(func(db *gorm.DB) error {
			var posts []Post
			res := db.Where("status = ?", "draft").Find(&posts)
			if res.Error != nil {
				return res.Error
			}
			Out = res.RowsAffected > 0
			return nil
		})},
		{"gorm: a store that returns a list, a handler that counts", "fetch-to-count", onGORM(func(db *gorm.DB) error {
			posts, err := findPosts(db)
			Out = len(posts)
			return err
		})},
		{"gorm: a sum", "aggregate-in-app", onGORM(func(db *gorm.DB) error {
			var comments []Comment
			if err := db.Find(&comments, "post_id = ?", 3).Error; err != nil {
				return err
			}
			sum := 0
			for _, c := range comments {
				sum += c.Likes
			}
			Out = sum
			return nil
		})},
		{"gorm: a filter", "filter-in-app", onGORM(func(db *gorm.DB) error {
			posts, err := findPosts(db)
			if err != nil {
				return err
			}
			for _, p := range posts {
				if p.Status == "draft" {
					Out = p.Title
				}
			}
			return nil
		})},
		{"gorm: First, raise, Save", "read-modify-write", onGORM(func(db *gorm.DB) error {
			var c Comment
			if err := db.First(&c, 7).Error; err != nil {
				return err
			}
			c.Likes++
			return db.Save(&c).Error
		})},
		{"gorm: a counter by Update", "read-modify-write", onGORM(func(db *gorm.DB) error {
			var c Comment
			if err := db.First(&c, 8).Error; err != nil {
				return err
			}
			return db.Model(&Comment{}).Where("id = ?", c.ID).Update("likes", c.Likes+1).Error
		})},
		{"gorm: First, then Save with values of a form", "", onGORM(func(db *gorm.DB) error {
			var c Comment
			if err := db.First(&c, 9).Error; err != nil {
				return err
			}
			c.Body = "edited"
			return db.Save(&c).Error
		})},
		{"gorm: Preload", "fetch-to-count", onGORM(func(db *gorm.DB) error {
			var posts []Post
			if err := db.Preload("Comments").Preload("Author").Find(&posts).Error; err != nil {
				return err
			}
			Out = len(posts)
			return nil
		})},
		{"gorm: rows in JSON", "", onGORM(func(db *gorm.DB) error {
			posts, err := findPosts(db)
			if err != nil {
				return err
			}
			Out, err = json.Marshal(map[string]any{"n": len(posts), "posts": posts})
			return err
		})},
		{"gorm: Count", "", onGORM(func(db *gorm.DB) error {
			var n int64
			err := db.Model(&Post{}).Where("status = ?", "draft").Count(&n).Error
			Out = n
			return err
		})},
		{"gorm: a page", "", onGORM(func(db *gorm.DB) error {
			var posts []Post
			err := db.Order("id").Limit(10).Offset(10).Find(&posts).Error
			Out = len(posts)
			return err
		})},
		{"gorm: an expression", "", onGORM(func(db *gorm.DB) error {
			return db.Model(&Comment{}).Where("id = ?", 8).Update("likes", gorm.Expr("likes + ?", 1)).Error
		})},
		{"gorm: FindInBatches", "", onGORM(func(db *gorm.DB) error {
			var posts []Post
			n := 0
			err := db.FindInBatches(&posts, 15, func(tx *gorm.DB, batch int) error { n += len(posts); return nil }).Error
			Out = n
			return err
		})},
		{"sqlx: the len of Select", "fetch-to-count", onSQLX(func(ctx context.Context, db *sqlx.DB) error {
			var ids []int64
			err := db.SelectContext(ctx, &ids, `SELECT id FROM posts WHERE status = ?`, "draft")
			Out = len(ids)
			return err
		})},
		{"sqlx: a sum", "aggregate-in-app", onSQLX(func(ctx context.Context, db *sqlx.DB) error {
			var likes []int
			if err := db.SelectContext(ctx, &likes, `SELECT likes FROM comments WHERE post_id = ?`, 3); err != nil {
				return err
			}
			sum := 0
			for _, n := range likes {
				sum += n
			}
			Out = sum
			return nil
		})},
		{"sqlx: Get and Exec", "read-modify-write", onSQLX(func(ctx context.Context, db *sqlx.DB) error {
			var views int
			if err := db.GetContext(ctx, &views, `SELECT views FROM posts WHERE id = ?`, 3); err != nil {
				return err
			}
			_, err := db.ExecContext(ctx, `UPDATE posts SET views = ? WHERE id = ?`, views+1, 3)
			return err
		})},
		{"sqlx: Queryx and StructScan, counted", "fetch-to-count", onSQLX(func(ctx context.Context, db *sqlx.DB) error {
			rows, err := db.QueryxContext(ctx, `SELECT id, body FROM comments WHERE post_id = ?`, 3)
			if err != nil {
				return err
			}
			defer rows.Close()
			n := 0
			for rows.Next() {
				var c struct {
					ID   int64
					Body string
				}
				if err := rows.StructScan(&c); err != nil {
					return err
				}
				n++
			}
			Out = n
			return rows.Err()
		})},
		{"sqlx: rows used", "", onSQLX(func(ctx context.Context, db *sqlx.DB) error {
			var users []User
			if err := db.SelectContext(ctx, &users, `SELECT id, name, email, country, score FROM users`); err != nil {
				return err
			}
			for _, u := range users {
				Out = fmt.Sprint(u, len(users))
			}
			return nil
		})},
		{"bun: a list that is counted", "fetch-to-count", onBun(func(ctx context.Context, db *bun.DB) error {
			var ids []int64
			err := db.NewSelect().Table("posts").Column("id").Where("status = ?", "draft").Scan(ctx, &ids)
			Out = len(ids)
			return err
		})},
		{"bun: Count", "", onBun(func(ctx context.Context, db *bun.DB) error {
			n, err := db.NewSelect().Table("posts").Count(ctx)
			Out = n
			return err
		})},
		{"xorm: Find, counted", "fetch-to-count", onXORM(func(s *xorm.Session) error {
			var all []Comment
			err := s.Table("comments").Where("post_id = ?", 3).Find(&all)
			Out = len(all)
			return err
		})},
		{"xorm: Find, used", "", onXORM(func(s *xorm.Session) error {
			var all []Comment
			if err := s.Table("comments").Where("post_id = ?", 3).Find(&all); err != nil {
				return err
			}
			for _, c := range all {
				Out = c.Body
			}
			return nil
		})},
		{"sqlc: a list that is counted", "fetch-to-count", func(ctx context.Context, db *sql.DB) error {
			all, err := queries.New(db).ListComments(ctx, 3)
			Out = len(all)
			return err
		}},
		{"sqlc: a list that is shown", "", func(ctx context.Context, db *sql.DB) error {
			all, err := queries.New(db).ListComments(ctx, 3)
			for _, c := range all {
				Out = c.Body
			}
			Out = len(all)
			return err
		}},
	}
}

func findPosts(db *gorm.DB) (posts []Post, err error) {
	err = db.Order("id").Find(&posts).Error
	return posts, err
}

// mapper names columns as the tables do.
type mapper struct{}

func (mapper) Obj2Table(name string) string {
	return map[string]string{"ID": "id", "PostID": "post_id", "Body": "body", "Likes": "likes", "Comment": "comments"}[name]
}

func (mapper) Table2Obj(name string) string {
	return map[string]string{"id": "ID", "post_id": "PostID", "body": "Body", "likes": "Likes", "comments": "Comment"}[name]
}

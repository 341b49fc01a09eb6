// Package kanban has boards with cards.
package kanban

import (
	"fmt"
	"io"

	"github.com/jinzhu/gorm"
)

type Board struct {
	ID   uint
	Name string
}

type Card struct {
	ID       uint
	BoardID  uint
	Title    string
	Assignee string
	Lane     string
}

// AssignedTo reports whether the card is somebody's.
func (c *Card) AssignedTo(who string) bool { return c.Assignee == who }

type Repository struct{ db *gorm.DB }

func New(db *gorm.DB) *Repository { return &Repository{db} }

func (r *Repository) Board(id uint) (*Board, error) {
	var b Board
	return &b, r.db.First(&b, id).Error
}

func (r *Repository) Cards(b *Board) ([]Card, error) {
	var cards []Card
	err := r.db.Model(b).Related(&cards).Error // want: filter-in-app
	return cards, err
}

// PrintMine writes the cards of one person on a board.
func PrintMine(w io.Writer, r *Repository, board uint, who string) error {
	b, err := r.Board(board)
	if err != nil {
		return err
	}
	cards, err := r.Cards(b)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s, cards of %s\n", b.Name, who)
	for i := range cards {
		c := &cards[i]
		if !c.AssignedTo(who) {
			continue
		}
		fmt.Fprintf(w, "#%d\t%s\t%s\n", c.ID, c.Lane, c.Title)
	}
	return nil
}

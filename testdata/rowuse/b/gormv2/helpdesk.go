package gormv2

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"gorm.io/gorm"
)

type Ticket struct {
	ID         uint
	CustomerID uint
	Subject    string
	Priority   int
	State      string
	OpenedAt   time.Time
	Comments   []TicketComment
}

type TicketComment struct {
	ID       uint
	TicketID uint
	Author   string
	Text     string
}

// TicketStore is what the desk needs of the database.
type TicketStore interface {
	WithState(ctx context.Context, customerID uint, state string) ([]Ticket, error)
}

type ticketStore struct{ db *gorm.DB }

func (s *ticketStore) WithState(ctx context.Context, customerID uint, state string) ([]Ticket, error) {
	var tickets []Ticket
	err := s.db.WithContext(ctx).
		Preload("Comments").
		Where("customer_id = ? AND state = ?", customerID, state).
		Find(&tickets).Error // want: fetch-to-count
	if err != nil {
		return nil, fmt.Errorf("tickets of customer %d: %w", customerID, err)
	}
	return tickets, nil
}

type Desk struct{ Tickets TicketStore }

type Badge struct {
	Label string `json:"label"`
	Count int    `json:"count"`
}

func (d *Desk) OpenBadge(ctx context.Context, customerID uint) (Badge, error) {
	tickets, err := d.Tickets.WithState(ctx, customerID, "open")
	if err != nil {
		return Badge{}, err
	}
	return Badge{Label: "Open tickets", Count: len(tickets)}, nil
}

func (d *Desk) ServeBadge(ctx context.Context, w io.Writer, customerID uint) error {
	b, err := d.OpenBadge(ctx, customerID)
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(b)
}

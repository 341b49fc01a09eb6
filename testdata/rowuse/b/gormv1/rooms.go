package gormv1

import (
	"errors"

	"github.com/jinzhu/gorm"
)

type Booking struct {
	ID     uint
	RoomID uint
	Guest  string
	From   string `gorm:"column:from_day"`
	To     string `gorm:"column:to_day"`
}

var ErrTaken = errors.New("the room is taken")

// BookingRepo is the part of the database that reception uses.
type BookingRepo interface {
	Overlapping(room uint, from, to string) ([]Booking, error)
	Add(b *Booking) error
}

type bookingRepo struct{ *gorm.DB }

func (r *bookingRepo) Overlapping(room uint, from, to string) (bs []Booking, err error) {
	err = r.Where("room_id = ? AND from_day < ? AND to_day > ?", room, to, from).Find(&bs).Error // want: fetch-to-exist
	return bs, err
}

func (r *bookingRepo) Add(b *Booking) error { return r.Create(b).Error }

type Reception struct{ repo BookingRepo }

func (r *Reception) free(room uint, from, to string) (bool, error) {
	bs, err := r.repo.Overlapping(room, from, to)
	return len(bs) == 0, err
}

func (r *Reception) Book(room uint, guest, from, to string) (uint, error) {
	switch ok, err := r.free(room, from, to); {
	case err != nil:
		return 0, err
	case !ok:
		return 0, ErrTaken
	}
	b := Booking{RoomID: room, Guest: guest, From: from, To: to}
	err := r.repo.Add(&b)
	return b.ID, err
}

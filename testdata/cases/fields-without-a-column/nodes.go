// Package nodes counts rows and also reads fields that have no column of their own name: a list that a serializer reads, the row of a
// join, an embedded struct. The rows are used, so nothing is reported.
package nodes

import (
	"fmt"
	"io"

	"gorm.io/gorm"
)

type User struct {
	ID   uint
	Name string
}

type Place struct {
	Hall string
	Rack int
}

type Node struct {
	ID     uint
	Name   string
	UserID uint
	User   *User
	Tags   []string `gorm:"serializer:json"`
	Place  Place    `gorm:"embedded;embeddedPrefix:at_"`
}

func Tags(db *gorm.DB, w io.Writer) error {
	var list []Node
	if err := db.Find(&list).Error; err != nil {
		return err
	}
	fmt.Fprintln(w, "nodes:", len(list))
	for _, n := range list {
		for _, t := range n.Tags {
			fmt.Fprintln(w, t)
		}
	}
	return nil
}

func Owners(db *gorm.DB, w io.Writer) error {
	var list []Node
	if err := db.Joins("User").Find(&list).Error; err != nil {
		return err
	}
	fmt.Fprintln(w, "nodes:", len(list))
	for _, n := range list {
		fmt.Fprintln(w, n.User.Name)
	}
	return nil
}

func Halls(db *gorm.DB, w io.Writer) error {
	var list []Node
	if err := db.Find(&list).Error; err != nil {
		return err
	}
	fmt.Fprintln(w, "nodes:", len(list))
	for _, n := range list {
		fmt.Fprintln(w, n.Place.Hall)
	}
	return nil
}

// Number uses nothing of the rows.
func Number(db *gorm.DB, w io.Writer) error {
	var list []Node
	if err := db.Find(&list).Error; err != nil {
		return err
	}
	fmt.Fprintln(w, "nodes:", len(list)) // call
	return nil
}

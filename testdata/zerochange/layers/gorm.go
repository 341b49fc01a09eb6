// Package layers runs the same loop through GORM and sqlx, and what each of them offers instead.
package layers

import "gorm.io/gorm"

type Author struct {
	ID    uint
	Name  string
	Books []Book
}

type Book struct {
	ID       uint
	AuthorID uint
	Title    string
}

// Books runs one query for each author.
func Books(db *gorm.DB) (authors []Author, err error) {
	if err := db.Order("id").Find(&authors).Error; err != nil {
		return nil, err
	}
	for i := range authors { // want: n-plus-one proven
		if err := db.Where("author_id = ?", authors[i].ID).Find(&authors[i].Books).Error; err != nil {
			return nil, err
		}
	}
	return authors, nil
}

// Preloaded runs two queries.
func Preloaded(db *gorm.DB) (authors []Author, err error) {
	err = db.Preload("Books").Order("id").Find(&authors).Error
	return authors, err
}

// Rename saves each author.
func Rename(db *gorm.DB) error {
	var authors []Author
	if err := db.Order("id").Find(&authors).Error; err != nil {
		return err
	}
	for _, a := range authors { // want: row-by-row-update proven
		if err := db.Model(&Author{}).Where("id = ?", a.ID).Update("name", "new").Error; err != nil {
			return err
		}
	}
	return nil
}

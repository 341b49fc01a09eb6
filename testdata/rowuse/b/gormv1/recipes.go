package gormv1

import (
	"encoding/json"
	"io"

	"github.com/jinzhu/gorm"
)

type Recipe struct {
	ID        uint   `json:"id"`
	Title     string `json:"title"`
	Minutes   int    `json:"minutes"`
	Published bool   `json:"published"`
}

type recipeStore struct{ db *gorm.DB }

func (s *recipeStore) published() ([]Recipe, error) {
	var rs []Recipe
	if err := s.db.Where("published = ?", true).Order("title").Find(&rs).Error; err != nil { // want: unbounded-result
		return nil, err
	}
	return rs, nil
}

func writeCookbook(w io.Writer, s *recipeStore) error {
	rs, err := s.published()
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(map[string]any{"recipes": rs})
}
